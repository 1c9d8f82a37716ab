package org.ergograph.web;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The place in a list where the next page begins, opaque to clients: version, list, keys of the last row, checksum, in
 * base64url. The checksum finds what was cut or edited; it is no secret, so the keys have to be as harmless as a parameter.
 */
public final class Cursor {
    private static final byte VERSION = 1;
    private static final int MAX_LENGTH = 2000;
    private static final String ALLOWED = "a nextCursor that this list gave";

    private Cursor() {}

    /**
     * @param list what the cursor is good for, filters included if they must stay the same
     * @param keys the sort keys of the last row of the page
     */
    public static String encode(String list, String... keys) {
        ByteBuffer body = ByteBuffer.allocate(16 + 3 * length(list, keys));
        body.put(VERSION);
        put(body, list);
        for (String key : keys) {
            put(body, key);
        }
        body.putInt(checksum(body.array(), body.position()));
        byte[] bytes = new byte[body.position()];
        body.flip().get(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static int length(String list, String... keys) {
        int length = list.length() + 2;
        for (String key : keys) {
            length += key.length() + 2;
        }
        return length;
    }

    private static void put(ByteBuffer body, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        body.putShort((short) bytes.length).put(bytes);
    }

    /**
     * The keys of a cursor that was made for this list with so many keys.
     *
     * @throws ProblemException 400 naming the parameter {@code cursor}
     */
    public static List<String> decode(String text, String list, int keys) {
        try {
            if (text.length() > MAX_LENGTH) {
                throw refused(text);
            }
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            ByteBuffer body = ByteBuffer.wrap(bytes);
            if (bytes.length < 7
                    || body.get() != VERSION
                    || body.getInt(bytes.length - 4) != checksum(bytes, bytes.length - 4)
                    || !list.equals(take(body))) {
                throw refused(text);
            }
            List<String> found = new ArrayList<>();
            while (body.remaining() > 4) {
                found.add(take(body));
            }
            if (found.size() != keys) {
                throw refused(text);
            }
            return found;
        } catch (IllegalArgumentException | CharacterCodingException | java.nio.BufferUnderflowException e) {
            throw refused(text);
        }
    }

    private static String take(ByteBuffer body) throws CharacterCodingException {
        int length = Short.toUnsignedInt(body.getShort());
        if (length > body.remaining() - 4) {
            throw new CharacterCodingException();
        }
        CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(body.slice(body.position(), length));
        body.position(body.position() + length);
        return text.toString();
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }

    private static ProblemException refused(String text) {
        return ProblemException.badField("cursor", text, ALLOWED);
    }
}
