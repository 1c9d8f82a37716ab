package org.ergograph.outbound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** A body that is there as a whole; its type is among the headers of the request. Used by one attempt to send it. */
final class BufferBody implements AsyncEntityProducer {
    private final ByteBuffer whole;
    private ByteBuffer rest;

    BufferBody(ByteBuffer whole) {
        this.whole = whole;
        this.rest = whole.duplicate();
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public int available() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        if (rest.hasRemaining()) {
            channel.write(rest);
        }
        if (!rest.hasRemaining()) {
            channel.endStream();
        }
    }

    @Override
    public long getContentLength() {
        return whole.remaining();
    }

    @Override
    public @Nullable String getContentType() {
        return null;
    }

    @Override
    public @Nullable String getContentEncoding() {
        return null;
    }

    @Override
    public boolean isChunked() {
        return false;
    }

    @Override
    public Set<String> getTrailerNames() {
        return Set.of();
    }

    @Override
    public void failed(Exception e) {}

    @Override
    public void releaseResources() {
        rest = whole.duplicate();
    }
}
