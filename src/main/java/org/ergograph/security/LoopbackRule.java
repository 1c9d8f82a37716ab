package org.ergograph.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a request comes from this machine and means this machine. The peer's address keeps others out; the host name
 * keeps out web pages that made a name of theirs lead here. What a proxy says about the peer is not believed.
 */
final class LoopbackRule {
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:.]+]|[0-9a-z.-]+)(?::[0-9]{1,5})?");
    private static final Pattern V4 = Pattern.compile("127(?:\\.(?:0|[1-9][0-9]{0,2})){3}");

    private LoopbackRule() {}

    /**
     * Why the request is refused; empty if it is not.
     *
     * @param peer the address of the other end of the connection
     * @param hosts the values of the header {@code Host}
     * @param serverName the host that the server says is meant: that of an absolute request target, or of HTTP/2
     * @param protocol {@code HTTP/1.0}, which has no need of a {@code Host}, {@code HTTP/1.1} or {@code HTTP/2.0}
     */
    static Optional<String> refusal(
            @Nullable String peer, List<String> hosts, @Nullable String serverName, @Nullable String protocol) {
        if (peer == null || !isLoopbackAddress(peer)) {
            return Optional.of("the request does not come from this machine");
        }
        boolean hostNeeded = "HTTP/1.1".equals(protocol);
        if (hosts.size() > 1 || (hostNeeded && hosts.isEmpty())) {
            return Optional.of("the request has not exactly one Host");
        }
        if (!hosts.stream().allMatch(LoopbackRule::isLoopbackHost)) {
            return Optional.of("the header Host names another machine");
        }
        if (serverName == null || !isLoopbackName(serverName)) {
            return Optional.of("the request means another machine");
        }
        return Optional.empty();
    }

    private static boolean isLoopbackHost(String host) {
        Matcher matcher = HOST.matcher(host.strip().toLowerCase(Locale.ROOT));
        return matcher.matches() && isLoopbackName(matcher.group(1));
    }

    static boolean isLoopbackName(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        if (plain.endsWith(".")) {
            plain = plain.substring(0, plain.length() - 1);
        }
        if (plain.startsWith("[") && plain.endsWith("]")) {
            plain = plain.substring(1, plain.length() - 1);
        }
        return plain.equals("localhost") || isLoopbackAddress(plain);
    }

    private static boolean isLoopbackAddress(String text) {
        int zone = text.indexOf('%');
        String address = zone < 0 ? text : text.substring(0, zone);
        if (!V4.matcher(address).matches() && !address.contains(":")) {
            return false;
        }
        try {
            // Of a text with a colon, or of four numbers, nobody is asked for an address.
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
