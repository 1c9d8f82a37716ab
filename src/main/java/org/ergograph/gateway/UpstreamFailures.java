package org.ergograph.gateway;

import java.util.concurrent.CompletionException;

/** Finds the failure of an upstream call behind what a stage failed with. */
final class UpstreamFailures {
    private static final System.Logger LOG = System.getLogger(UpstreamFailures.class.getName());

    private UpstreamFailures() {}

    /** The failure itself; one of our own making, which is logged, counts as one of the protocol. */
    static UpstreamException of(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof UpstreamException known) {
            return known;
        }
        LOG.log(System.Logger.Level.WARNING, "a call to an upstream server failed in this one", cause);
        return new UpstreamException(UpstreamException.Reason.PROTOCOL, "this server failed to understand the answer");
    }
}
