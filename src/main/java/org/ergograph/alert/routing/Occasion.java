package org.ergograph.alert.routing;

import java.util.Locale;

/** What a message about an alert is for. */
public enum Occasion {
    /** It fires; the first message. */
    FIRING,
    /** It still fires. */
    REPEAT,
    /** It fires for long, and nobody has acknowledged it. */
    ESCALATED,
    /** It is over. */
    RESOLVED;

    /** The word for it, in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
