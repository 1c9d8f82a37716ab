package org.ergograph.http;

/** Who asks, where a filter of the application knows it and the container does not. */
public final class Caller {
    /** The request attribute in which the name is: a text. What the container says goes first. */
    public static final String ATTRIBUTE = "org.ergograph.http.caller";

    private Caller() {}
}
