package org.ergograph.gateway;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the bearer tokens that registered servers name. Thread-safe. */
@Singleton
final class Credentials {
    private static final int MAX_BYTES = 16_384;
    private static final int MAX_KEPT = 1000;
    private static final long KEPT_NANOS = 5_000_000_000L;
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,199}");
    /** What a header can carry. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private record Kept(String token, long atNanos) {
        @Override
        public String toString() {
            return "(a credential)";
        }
    }

    private final CredentialSettings settings;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    @Inject
    Credentials(CredentialSettings settings) {
        this.settings = settings;
    }

    /**
     * The token, read anew every few seconds, so that a changed one is taken up. May read a file.
     *
     * @param reference null if the server needs none
     * @throws UpstreamException {@link UpstreamException.Reason#REFUSED} if there is none of this name
     */
    @Nullable
    String token(@Nullable String reference) {
        if (reference == null) {
            return null;
        }
        Kept known = kept.get(reference);
        if (known != null && System.nanoTime() - known.atNanos() < KEPT_NANOS) {
            return known.token();
        }
        String token = file(reference)
                .or(() -> settings.configured().apply(reference))
                .map(String::strip)
                .filter(text -> TOKEN.matcher(text).matches())
                .orElseThrow(() -> new UpstreamException(
                        UpstreamException.Reason.REFUSED, "the server's credential is missing or no token"));
        if (kept.size() >= MAX_KEPT) {
            kept.clear();
        }
        kept.put(reference, new Kept(token, System.nanoTime()));
        return token;
    }

    private Optional<String> file(String reference) {
        Path directory = settings.directory();
        if (directory == null || !REFERENCE.matcher(reference).matches()) {
            return Optional.empty();
        }
        try {
            // Links are followed first, since secrets are often mounted as links; what counts is where they end.
            Path root = directory.toRealPath();
            Path file = root.resolve(reference).toRealPath();
            if (!file.startsWith(root) || !Files.isRegularFile(file)) {
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(file)) {
                return Optional.of(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            return Optional.empty(); // told as missing: what exactly is wrong with it is nobody else's business
        }
    }
}
