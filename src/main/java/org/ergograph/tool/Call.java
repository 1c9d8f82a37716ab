package org.ergograph.tool;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** One request for a tool, a resource or a prompt, and the way back to its client while it runs. Thread-safe. */
public interface Call {
    /** The name of the tool or prompt, the URI of the resource. */
    String name();

    /** {@code params.arguments}; empty if there are none. */
    JsonObject arguments();

    /** {@code params._meta}; empty if there is none. */
    JsonObject meta();

    /** The revision of the protocol that the client speaks, {@code 2026-07-28} say. */
    String protocolVersion();

    /** What the client says it can do; empty if it says nothing. */
    JsonObject clientCapabilities();

    /** What the client answers to an {@link Answer.InputRequired}, by the server's keys; empty at first. */
    JsonObject inputResponses();

    /** What an {@link Answer.InputRequired} gave the client to keep; null at first. */
    @Nullable
    String requestState();

    /** Who asks; null if anonymous. */
    @Nullable
    String principal();

    /** Whether the client has gone or said that it no longer wants the answer. */
    boolean cancelled();

    /** Has the action run once when the call is cancelled; at once if it already is. It must be quick and not throw. */
    void onCancel(Runnable action);

    /** Whether anybody wants to hear of the progress. */
    boolean wantsProgress();

    /**
     * Tells the client how far it is; does nothing if nobody wants to hear, or the call has ended.
     *
     * @param progress greater at every call
     * @param total the progress at the end; NaN if unknown
     * @param message null if there is nothing to say
     */
    void progress(double progress, double total, @Nullable String message);

    /**
     * Sends a log message to the client, if it wants those of this level.
     *
     * @param level {@code debug}, {@code info}, {@code notice}, {@code warning}, {@code error}, {@code critical},
     *     {@code alert} or {@code emergency}
     */
    void log(String level, String logger, JsonValue data);
}
