package org.ergograph.outbound;

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

/**
 * Finds the secrets that registered servers and channels name: tokens, passwords, keys. They are read anew every few seconds, so
 * that a changed one is taken up. Thread-safe.
 */
@Singleton
public final class Credentials {
    private static final int MAX_BYTES = 16_384;
    private static final int MAX_KEPT = 1000;
    private static final long KEPT_NANOS = 5_000_000_000L;
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,199}");
    /** What a header can carry. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private record Kept(String secret, long atNanos) {
        @Override
        public String toString() {
            return "(a credential)";
        }
    }

    private final CredentialSettings settings;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    @Inject
    public Credentials(CredentialSettings settings) {
        this.settings = settings;
    }

    /** The secret of this name if a header can carry it as it is; empty if not, or if there is none. May read a file. */
    public Optional<String> token(String reference) {
        return secret(reference).filter(text -> TOKEN.matcher(text).matches());
    }

    /** The secret of this name without white space around it; empty if there is none. May read a file. */
    public Optional<String> secret(String reference) {
        Kept known = kept.get(reference);
        if (known != null && System.nanoTime() - known.atNanos() < KEPT_NANOS) {
            return Optional.of(known.secret());
        }
        Optional<String> secret = file(reference)
                .or(() -> settings.configured().apply(reference))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
        if (kept.size() >= MAX_KEPT) {
            kept.clear();
        }
        secret.ifPresent(text -> kept.put(reference, new Kept(text, System.nanoTime())));
        return secret;
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
