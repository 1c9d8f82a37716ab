package org.ergograph.outbound;

/** How an exchange with another server ended. */
public sealed interface ExchangeResult {
    /**
     * It answered, with whatever status.
     *
     * @param whole whether the receiver took the answer to its end
     */
    record Answered(int status, boolean whole) implements ExchangeResult {}

    /** The policy forbids it, and nothing was sent. */
    record Refused(OutboundPolicy.Refused refusal) implements ExchangeResult {}

    /** There was no answer, or it broke off. */
    record Failed(OutboundResult.Cause cause) implements ExchangeResult {}
}
