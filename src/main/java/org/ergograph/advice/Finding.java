package org.ergograph.advice;

import jakarta.json.JsonObject;
import org.ergograph.web.JsonText;

/**
 * Something worth knowing, and what to do about it. Immutable.
 *
 * @param severity {@code info}, {@code warning}, {@code high} or {@code critical}
 * @param text with its figures
 * @param recommendation what to do; empty if there is nothing to do
 * @param proof the figure that would show that it helped; empty if there is nothing to do
 */
record Finding(String severity, String text, String recommendation, String proof) {
    static Finding info(String text) {
        return new Finding("info", text, "", "");
    }

    JsonObject json() {
        return JsonText.object().add("severity", severity).add("text", text).build();
    }

    JsonObject advice() {
        return JsonText.object()
                .add("priority", severity)
                .add("issue", text)
                .add("action", recommendation)
                .add("proof", proof)
                .build();
    }
}
