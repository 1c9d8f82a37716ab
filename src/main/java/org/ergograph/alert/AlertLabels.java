package org.ergograph.alert;

import java.util.HashMap;
import java.util.Map;
import org.ergograph.alert.condition.Subject;

/** By what alerts are told apart, matched and grouped. */
public final class AlertLabels {
    /** The label that has the rule's name. */
    public static final String NAME = "alertname";

    /** The label that has the severity's word. */
    public static final String SEVERITY = "severity";

    /** The label of the upstream server. */
    public static final String SERVER = "server";

    /** The label of the tool, {@code <server>__<tool>} if it is an upstream server's. */
    public static final String TOOL = "tool";

    private static final String SEPARATOR = "__";

    private AlertLabels() {}

    /**
     * The labels of an alert: those of its subject, over them those of its rule, over them its name and severity. A subject that
     * has a tool of an upstream server, and no server, has that server.
     */
    public static Map<String, String> of(Rule rule, Subject subject) {
        Map<String, String> labels = new HashMap<>(subject.labels());
        String tool = labels.getOrDefault(TOOL, "");
        int end = tool.indexOf(SEPARATOR);
        if (end > 0) {
            labels.putIfAbsent(SERVER, tool.substring(0, end));
        }
        labels.putAll(rule.labels());
        labels.put(NAME, rule.name());
        labels.put(SEVERITY, rule.severity().word());
        return Map.copyOf(labels);
    }
}
