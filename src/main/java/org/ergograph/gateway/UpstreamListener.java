package org.ergograph.gateway;

/** Hears what an upstream server says of itself. Called on threads that must not be kept waiting. */
interface UpstreamListener {
    /** Its lists have changed. */
    void listsChanged();

    /** The content of one of its resources has changed. */
    void resourceUpdated(String uri);

    /** It asked something of its client, {@code sampling/createMessage} say, and was refused. */
    void refused(String method);

    /** The conversation is over, not by our will. */
    void lost(String reason);
}
