package org.ergograph.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Asks for a host's addresses and judges each of them; the connection is then made to the very addresses that were judged, so
 * a name whose address changes in between gains nothing.
 */
final class CheckedResolver implements DnsResolver {
    /** Says that an address may not be reached. */
    static final class RefusedException extends UnknownHostException {
        private final transient OutboundPolicy.Refused refusal;

        RefusedException(OutboundPolicy.Refused refusal) {
            super(refusal.reason());
            this.refusal = refusal;
        }

        OutboundPolicy.Refused refusal() {
            return refusal;
        }
    }

    /** Finds the addresses of a host. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final OutboundPolicy policy;
    private final Lookup lookup;

    CheckedResolver(OutboundPolicy policy, Lookup lookup) {
        this.policy = policy;
        this.lookup = lookup;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = lookup.addresses(host);
        for (InetAddress address : addresses) {
            Optional<OutboundPolicy.Refused> refusal = policy.refusal(address);
            if (refusal.isPresent()) {
                throw new RefusedException(refusal.get());
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
