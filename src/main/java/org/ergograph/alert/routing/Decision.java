package org.ergograph.alert.routing;

/** Whether a channel is told of an alert now. Immutable. */
public sealed interface Decision {
    /** One sentence for people: why, or why not. */
    String reason();

    /** It is told. */
    record Tell(Occasion occasion, String reason) implements Decision {}

    /**
     * It is not told.
     *
     * @param later whether it may be told later although the alert has ended; when an alert has ended and no channel is to be told
     *     later, nothing more needs to be decided about it
     */
    record Hold(String reason, boolean later) implements Decision {}
}
