package org.ergograph.registry;

/** How one talks to an upstream server. */
public final class Transport {
    /** MCP over HTTP. */
    public static final String STREAMABLE_HTTP = "streamable-http";
    /** A process of this machine; only from the server's own configuration, since it runs what it is told to. */
    public static final String STDIO = "stdio";

    private Transport() {}
}
