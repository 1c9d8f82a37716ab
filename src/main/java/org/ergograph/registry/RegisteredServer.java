package org.ergograph.registry;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An upstream server as the gateway needs to know it. Immutable.
 *
 * @param name unique; its tools are called {@code <name>__<tool>}
 * @param url where it is; for stdio empty
 * @param transport {@link Transport#STREAMABLE_HTTP} or {@link Transport#STDIO}
 * @param credentialRef names the credential; null if it needs none
 * @param timeout of one call
 * @param version changes with every change
 */
public record RegisteredServer(
        String id,
        String name,
        String url,
        String transport,
        List<String> tags,
        @Nullable String credentialRef,
        Duration timeout,
        long version) {
    private static final Pattern NAME = Pattern.compile("(?!.*__)[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9-])?");

    public RegisteredServer {
        tags = List.copyOf(tags);
    }

    /** Whether a server may be called so; no such name holds two underscores in a row or ends in one. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
