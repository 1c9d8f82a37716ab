package org.ergograph.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** What sort of network an IP address belongs to, after the special-purpose registries of IANA (RFC 6890). */
enum AddressClass {
    PUBLIC("a public address"),
    LOOPBACK("a loopback address"),
    PRIVATE("a private address"),
    LINK_LOCAL("a link-local address"),
    CARRIER("a carrier-grade NAT address"),
    MULTICAST("a multicast address"),
    UNSPECIFIED("an unspecified address"),
    RESERVED("a reserved address");

    private final String description;

    AddressClass(String description) {
        this.description = description;
    }

    String description() {
        return description;
    }

    /** The class of an address; one that embeds an IPv4 address has the class of that. */
    static AddressClass of(InetAddress address) {
        InetAddress reached = reached(address);
        byte[] bytes = reached.getAddress();
        return reached instanceof Inet4Address ? ofV4(bytes) : ofV6(bytes);
    }

    /**
     * The address that is really reached: the IPv4 address within a mapped, compatible, translated (NAT64), 6to4 or ISATAP
     * one; any other is itself.
     */
    static InetAddress reached(InetAddress address) {
        byte[] b = address.getAddress();
        if (b.length == 4) {
            return address;
        }
        if (zero(b, 0, 10) && b[10] == -1 && b[11] == -1) {
            return v4(b, 12);
        }
        boolean compatible = zero(b, 0, 12) && !(zero(b, 12, 15) && (b[15] == 0 || b[15] == 1));
        boolean translated = starts(b, 0x00, 0x64, 0xff, 0x9b) && zero(b, 4, 12);
        boolean isatap = (b[8] & 0xfd) == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == (byte) 0xfe;
        if (compatible || translated || isatap) {
            return v4(b, 12);
        }
        return starts(b, 0x20, 0x02) ? v4(b, 2) : address;
    }

    private static InetAddress v4(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an IPv4 address", e);
        }
    }

    private static AddressClass ofV4(byte[] b) {
        int first = b[0] & 0xff;
        int second = b[1] & 0xff;
        int third = b[2] & 0xff;
        return switch (first) {
            case 0 -> UNSPECIFIED;
            case 10 -> PRIVATE;
            case 100 -> second >= 64 && second < 128 ? CARRIER : PUBLIC;
            case 127 -> LOOPBACK;
            case 169 -> second == 254 ? LINK_LOCAL : PUBLIC;
            case 172 -> second >= 16 && second < 32 ? PRIVATE : PUBLIC;
            case 192 -> {
                if (second == 168) {
                    yield PRIVATE;
                }
                // 192.0.0.0/24 protocol assignments, 192.0.2.0/24 documentation, 192.88.99.0/24 6to4 relays
                yield (second == 0 && (third == 0 || third == 2)) || (second == 88 && third == 99) ? RESERVED : PUBLIC;
            }
            // 198.18.0.0/15 benchmarks, 198.51.100.0/24 documentation
            case 198 -> (second & 0xfe) == 18 || (second == 51 && third == 100) ? RESERVED : PUBLIC;
            case 203 -> second == 0 && third == 113 ? RESERVED : PUBLIC;
            default -> first >= 240 ? RESERVED : first >= 224 ? MULTICAST : PUBLIC;
        };
    }

    private static AddressClass ofV6(byte[] b) {
        if (zero(b, 0, 15)) {
            return b[15] == 0 ? UNSPECIFIED : b[15] == 1 ? LOOPBACK : RESERVED;
        }
        int first = (b[0] & 0xff) << 8 | (b[1] & 0xff);
        if ((first & 0xff00) == 0xff00) {
            return MULTICAST;
        }
        if ((first & 0xffc0) == 0xfe80) {
            return LINK_LOCAL;
        }
        // Unique local, and site-local, which came before it.
        if ((first & 0xfe00) == 0xfc00 || (first & 0xffc0) == 0xfec0) {
            return PRIVATE;
        }
        // 2001::/23 protocol assignments (Teredo among them), 2001:db8::/32 and 3fff::/20 documentation
        boolean special = (first == 0x2001 && (b[2] & 0xfe) == 0)
                || starts(b, 0x20, 0x01, 0x0d, 0xb8)
                || (first == 0x3fff && (b[2] & 0xf0) == 0);
        return (first & 0xe000) == 0x2000 && !special ? PUBLIC : RESERVED;
    }

    private static boolean zero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean starts(byte[] bytes, int... with) {
        for (int i = 0; i < with.length; i++) {
            if (bytes[i] != (byte) with[i]) {
                return false;
            }
        }
        return true;
    }
}
