package org.ergograph.mcp;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The levels of log messages to clients, the least severe first. */
final class LogLevels {
    static final List<String> ALL =
            List.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");
    /** Above every level: nothing is wanted. */
    static final int NONE = ALL.size();
    /** What a legacy client gets that has said nothing. */
    static final int INFO = ALL.indexOf("info");

    private static final String META = "io.modelcontextprotocol/logLevel";

    private LogLevels() {}

    /** Its place in the order; -1 if there is no such level. */
    static int rank(String level) {
        return ALL.indexOf(level);
    }

    /** From which rank on a request wants log messages; modern ones that say nothing want none. */
    static int of(Era era, JsonObject meta, @Nullable LegacySession session) {
        if (era instanceof ModernEra) {
            int asked = meta.get(META) instanceof JsonString level ? rank(level.getString()) : -1;
            return asked < 0 ? NONE : asked;
        }
        return session == null ? INFO : session.logLevel();
    }
}
