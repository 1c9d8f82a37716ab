package org.ergograph.gateway;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.ergograph.web.JsonText;

/** A result as bytes: one that says how it is packed, then JSON in UTF-8, deflated where that is shorter. Pure. */
final class Packed {
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    private static final byte PLAIN = 0;
    private static final byte DEFLATED = 1;

    private Packed() {}

    /** @param compressFrom from which length on it is tried whether deflating makes it shorter */
    static byte[] pack(JsonObject result, int compressFrom) {
        byte[] plain = JsonText.bytes(result);
        if (plain.length >= compressFrom) {
            byte[] deflated = deflate(plain);
            if (deflated.length < plain.length) {
                return tagged(DEFLATED, deflated);
            }
        }
        return tagged(PLAIN, plain);
    }

    private static byte[] tagged(byte tag, byte[] content) {
        byte[] packed = new byte[content.length + 1];
        packed[0] = tag;
        System.arraycopy(content, 0, packed, 1, content.length);
        return packed;
    }

    private static byte[] deflate(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 4 + 64);
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(plain);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e); // an array in memory has none
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    /**
     * @param maxBytes how long it may be unpacked
     * @throws IOException if it is nothing that {@link #pack} made, or too long
     */
    static JsonObject unpack(byte[] packed, int maxBytes) throws IOException {
        if (packed.length == 0 || (packed[0] != PLAIN && packed[0] != DEFLATED)) {
            throw new IOException("no packed result");
        }
        InputStream content = new ByteArrayInputStream(packed, 1, packed.length - 1);
        byte[] plain;
        try (InputStream in = packed[0] == DEFLATED ? new InflaterInputStream(content) : content) {
            plain = in.readNBytes(maxBytes + 1);
        }
        if (plain.length > maxBytes) {
            throw new IOException("longer than " + maxBytes + " bytes");
        }
        try (JsonReader reader = READERS.createReader(new ByteArrayInputStream(plain), StandardCharsets.UTF_8)) {
            return reader.readObject();
        } catch (JsonException e) {
            throw new IOException("no JSON object of " + plain.length + " bytes", e);
        }
    }
}
