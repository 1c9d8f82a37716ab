package org.ergograph.security;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a web page may call: those of this machine where the server answers its own machine only, those of the server itself
 * where it answers everybody, and in both cases those that the operator names. What comes without an origin is no web page. Immutable.
 */
public final class OriginRule {
    private final boolean openToAny;
    private final Set<String> allowed;

    /** @param allowed origins, {@code https://host:port}; case does not matter */
    public OriginRule(boolean openToAny, List<String> allowed) {
        this.openToAny = openToAny;
        this.allowed = allowed.stream().map(OriginRule::plain).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the text is an origin, as browsers send it: scheme, host and perhaps a port. */
    public static boolean isOrigin(String text) {
        return host(plain(text)) != null && !plain(text).endsWith("/");
    }

    /**
     * Why the request is refused; empty if it is not.
     *
     * @param origin the header {@code Origin}; null if there is none
     * @param host the header {@code Host}, with the port if there is one; null if there is none
     */
    public Optional<String> refusal(@Nullable String origin, @Nullable String host) {
        if (origin == null || allowed.contains(plain(origin))) {
            return Optional.empty();
        }
        String name = host(plain(origin));
        boolean fine = name != null && (openToAny ? isSame(plain(origin), host) : LoopbackRule.isLoopbackName(name));
        return fine ? Optional.empty() : Optional.of("pages of this origin may not call this server");
    }

    /** Whether both are the same host and port, whatever the scheme: a proxy may have taken the TLS off. */
    private static boolean isSame(String origin, @Nullable String host) {
        return host != null && origin.substring(origin.indexOf("://") + 3).equals(plain(host));
    }

    private static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /** The host's name; null if the text is no origin. */
    private static @Nullable String host(String origin) {
        try {
            URI uri = new URI(origin);
            boolean bare = uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && (uri.getRawPath() == null || uri.getRawPath().isEmpty());
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && bare ? uri.getHost() : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
