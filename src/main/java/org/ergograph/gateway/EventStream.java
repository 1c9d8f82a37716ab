package org.ergograph.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes a stream of server-sent events apart as it comes. Not thread-safe. */
final class EventStream {
    /** Room for the name of the field. */
    private static final int FIELD = 16;

    private final int maxBytes;
    private final Consumer<byte[]> events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    private final ByteArrayOutputStream data = new ByteArrayOutputStream(512);
    private boolean hasData;
    private boolean afterReturn;
    private boolean begun;
    private volatile @Nullable String lastId;

    /**
     * @param maxBytes how long an event may be
     * @param events takes the data of each event that has some
     */
    EventStream(int maxBytes, Consumer<byte[]> events) {
        this.maxBytes = maxBytes;
        this.events = events;
    }

    /** The id of the latest event that had one; null if none had. */
    @Nullable
    String lastId() {
        return lastId;
    }

    /** Reads on; false if an event is longer than allowed. */
    boolean read(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\n' || b == '\r') {
                if (!afterReturn || b == '\r' || i > begin) {
                    if (!add(bytes, begin, i)) {
                        return false;
                    }
                    endLine();
                }
                begin = i + 1;
            }
            afterReturn = b == '\r';
        }
        return add(bytes, begin, bytes.length);
    }

    private boolean add(byte[] bytes, int begin, int end) {
        line.write(bytes, begin, end - begin);
        return line.size() + data.size() <= maxBytes + FIELD;
    }

    private void endLine() {
        byte[] bytes = line.toByteArray();
        line.reset();
        int from = 0;
        if (!begun) {
            begun = true;
            from = startsWith(bytes, 0, "\u00ef\u00bb\u00bf") ? 3 : 0; // the byte order mark
        }
        if (bytes.length == from) {
            endEvent();
        } else if (startsWith(bytes, from, "data:")) {
            int value = valueAt(bytes, from + 5);
            if (hasData) {
                data.write('\n');
            }
            data.write(bytes, value, bytes.length - value);
            hasData = true;
        } else if (startsWith(bytes, from, "id:")) {
            int value = valueAt(bytes, from + 3);
            lastId = new String(bytes, value, bytes.length - value, StandardCharsets.UTF_8);
        }
    }

    private static int valueAt(byte[] bytes, int colon) {
        return colon < bytes.length && bytes[colon] == ' ' ? colon + 1 : colon;
    }

    private static boolean startsWith(byte[] bytes, int from, String latin) {
        byte[] start = latin.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length - from < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if (bytes[from + i] != start[i]) {
                return false;
            }
        }
        return true;
    }

    private void endEvent() {
        if (data.size() > 0) {
            events.accept(data.toByteArray());
        }
        data.reset();
        hasData = false;
    }
}
