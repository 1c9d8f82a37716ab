package org.ergograph.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where this server may go: http and https, to public addresses, and to what the operator allows besides. Pure; immutable.
 */
public final class OutboundPolicy {
    /** The greatest length of a URL. */
    public static final int MAX_URL_LENGTH = 2048;

    private static final String URL_ALLOWED = "an http or https URL of at most " + MAX_URL_LENGTH
            + " ASCII characters with a host name or IP address, without user, password and fragment";

    private static final Pattern NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");

    /** What the policy says to a URL or an address. */
    public sealed interface Verdict {}

    /** It may be reached, as far as one can say without asking for its addresses. */
    public record Allowed(URI url) implements Verdict {}

    /**
     * It may not be reached.
     *
     * @param malformed whether the URL is wrong in itself, and not only forbidden here
     */
    public record Refused(String reason, String allowed, boolean malformed) implements Verdict {}

    private final Set<AddressClass> classes = EnumSet.of(AddressClass.PUBLIC);
    private final List<AddressRange> ranges = new ArrayList<>();
    private final String allowed;

    private OutboundPolicy(List<String> allow) {
        for (String item : allow) {
            switch (item) {
                case "loopback" -> classes.add(AddressClass.LOOPBACK);
                case "private" -> classes.add(AddressClass.PRIVATE);
                default -> ranges.add(AddressRange.parse(item));
            }
        }
        this.allowed = "a public address"
                + (allow.isEmpty() ? "" : ", or one of " + String.join(", ", allow))
                + " (ergograph.outbound.allow)";
    }

    /**
     * @param allow what may be reached besides public addresses: {@code loopback}, {@code private} (RFC 1918 and unique
     *     local), addresses, or ranges in CIDR notation
     * @throws IllegalArgumentException whose message is the first item that is none of these
     */
    public static OutboundPolicy of(List<String> allow) {
        return new OutboundPolicy(allow);
    }

    /** Judges a URL, and its host where that is an address; the addresses of a name are judged at every connect. */
    public Verdict judge(String text) {
        if (text.length() > MAX_URL_LENGTH || !text.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            return malformed("is no URL");
        }
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            return malformed("is no URL");
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return malformed("is no http or https URL");
        }
        if (url.getRawUserInfo() != null
                || (url.getRawAuthority() != null && url.getRawAuthority().contains("@"))) {
            return malformed("holds a user or a password");
        }
        if (url.getRawFragment() != null) {
            return malformed("holds a fragment");
        }
        String host = url.getHost();
        if (host == null || host.isEmpty() || url.getRawAuthority().endsWith(":")) {
            return malformed("has no host that can be read in one way only");
        }
        if (url.getPort() != -1 && (url.getPort() < 1 || url.getPort() > 65_535)) {
            return malformed("has a port that is not from 1 to 65535");
        }
        return judgeHost(url, host);
    }

    private Verdict judgeHost(URI url, String host) {
        boolean bracketed = host.startsWith("[");
        // Some readers take a host for a number if its last label is one, hexadecimal included.
        boolean numeric = bracketed || NUMBER.matcher(host).matches();
        if (!numeric) {
            return new Allowed(url);
        }
        String literal = bracketed ? host.substring(1, host.length() - 1) : host;
        Optional<InetAddress> address = AddressRange.literal(literal);
        if (address.isEmpty()) {
            return malformed("has a host that is no IP address in full");
        }
        Optional<Refused> refusal = refusal(address.get());
        return refusal.isPresent() ? refusal.get() : new Allowed(url);
    }

    private static Refused malformed(String reason) {
        return new Refused(reason, URL_ALLOWED, true);
    }

    /** Why this address may not be reached; empty if it may. */
    Optional<Refused> refusal(InetAddress address) {
        InetAddress reached = AddressClass.reached(address);
        AddressClass type = AddressClass.of(reached);
        if (classes.contains(type) || ranges.stream().anyMatch(range -> range.contains(reached))) {
            return Optional.empty();
        }
        return Optional.of(new Refused("leads to " + type.description(), allowed, false));
    }
}
