package org.ergograph.observation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What sort of thing was timed; it decides which attributes a series has and which metrics it feeds. */
public enum Kind {
    /** A request that this server answered. */
    HTTP("method", "endpoint"),
    /** An operation on a database. */
    DB("operation", "table"),
    /** A step of a workflow; the run as a whole is the series whose step is {@link #RUN}. */
    WORKFLOW("workflow", "step"),
    /** An execution of an MCP tool. */
    TOOL("tool", "category"),
    /** A JSON-RPC request of the Model Context Protocol. */
    MCP("method", "transport"),
    /**
     * A call to something outside this process: an upstream server, a probe. The tool is the one called, or
     * the method of MCP where it is none; what is neither has a word in parentheses, {@code (check)} say, or is the record's
     * own work.
     */
    EXTERNAL("server", "tool"),
    /** Any other method that an application chose to measure. */
    METHOD("name"),
    /** An administrative act. */
    ADMIN("subject", "action");

    /** The value of the {@code step} attribute of the observation that covers a whole workflow run. */
    public static final String RUN = "(run)";

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<String> attributes;

    private final String label;

    Kind(String... attributes) {
        this.attributes = List.of(attributes);
        this.label = name().toLowerCase(Locale.ROOT);
    }

    /** The names of a series' attributes, in the order in which their values are given. */
    public List<String> attributes() {
        return attributes;
    }

    /** The name in lower case, as it appears in labels, rows and answers. */
    public String label() {
        return label;
    }

    /** The kind with this label, if there is one. */
    public static Optional<Kind> parse(String label) {
        for (Kind kind : values()) {
            if (kind.label.equals(label)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The name under which a series with these attribute values is shown, {@code GET /api/v1/servers} say. */
    String nameOf(List<String> values) {
        return switch (this) {
            case HTTP, DB, ADMIN -> values.get(0) + " " + values.get(1);
            case WORKFLOW, EXTERNAL -> values.get(0) + "/" + values.get(1);
            case TOOL, MCP, METHOD -> values.get(0);
        };
    }
}
