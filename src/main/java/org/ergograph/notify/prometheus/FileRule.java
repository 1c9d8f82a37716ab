package org.ergograph.notify.prometheus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ergograph.web.ProblemException;

/**
 * A rule as a rule file has it, unchecked. Immutable.
 *
 * @param line where it begins, from 1
 * @param fields by name, texts
 * @param faults what is wrong with its form, in sentences
 */
record FileRule(
        String group,
        String interval,
        int line,
        Map<String, String> fields,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<String> faults) {
    /** How many rules a file may have. */
    static final int MAX_RULES = 1000;

    FileRule {
        fields = new LinkedHashMap<>(fields);
        labels = new LinkedHashMap<>(labels);
        annotations = new LinkedHashMap<>(annotations);
        faults = List.copyOf(faults);
    }

    /**
     * All rules of a file.
     *
     * @throws ProblemException 400 if it is no rule file, 422 if it has too many rules
     */
    static List<FileRule> all(String yaml) {
        List<FileRule> rules = new ArrayList<>();
        if (!(YamlTree.read(yaml) instanceof YamlTree.Mapping file
                && file.values().get("groups") instanceof List<?> groups)) {
            throw ProblemException.badRequest("the body is no rule file of Prometheus: must have a list of groups");
        }
        for (Object each : groups) {
            if (!(each instanceof YamlTree.Mapping group && group.values().get("rules") instanceof List<?> members)) {
                throw ProblemException.badRequest("a group has no rules: must have a list of them");
            }
            for (Object member : members) {
                if (!(member instanceof YamlTree.Mapping rule)) {
                    throw ProblemException.badRequest(
                            "a rule of the group in line " + group.line() + " is none: must be a mapping");
                }
                rules.add(rule(group, rule));
            }
        }
        if (rules.size() > MAX_RULES) {
            throw ProblemException.unprocessable(
                    "groups", rules.size() + " rules", "at most " + MAX_RULES + " rules in one file");
        }
        return rules;
    }

    private static FileRule rule(YamlTree.Mapping group, YamlTree.Mapping rule) {
        Map<String, String> fields = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        Map<String, String> labels = Map.of();
        Map<String, String> annotations = Map.of();
        for (Map.Entry<String, Object> field : rule.values().entrySet()) {
            switch (field.getKey()) {
                case "labels" -> labels = texts("labels", field.getValue(), faults);
                case "annotations" -> annotations = texts("annotations", field.getValue(), faults);
                default -> {
                    if (field.getValue() instanceof String text) {
                        fields.put(field.getKey(), text);
                    } else {
                        faults.add(field.getKey() + " is no text");
                    }
                }
            }
        }
        return new FileRule(
                group.values().get("name") instanceof String name ? name : "",
                group.values().get("interval") instanceof String interval ? interval : "",
                rule.line(),
                fields,
                labels,
                annotations,
                faults);
    }

    private static Map<String, String> texts(String field, Object value, List<String> faults) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (value instanceof YamlTree.Mapping mapping) {
            mapping.values().forEach((name, text) -> {
                if (text instanceof String is) {
                    texts.put(name, is);
                } else {
                    faults.add(field + "." + name + " is no text");
                }
            });
        } else if (!"".equals(value)) {
            faults.add(field + " is no mapping");
        }
        return texts;
    }

    /** The field's text; empty if it has none. */
    String field(String name) {
        return fields.getOrDefault(name, "");
    }
}
