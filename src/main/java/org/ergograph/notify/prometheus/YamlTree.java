package org.ergograph.notify.prometheus;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ergograph.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML into maps, lists and texts, and nothing else: no type is guessed, none is named, and no alias is followed, so what
 * is read is never larger than the text. Bounded in depth.
 */
final class YamlTree {
    private static final int MAX_DEPTH = 20;

    /**
     * A mapping with the line in which it begins.
     *
     * @param line from 1
     */
    record Mapping(int line, Map<String, Object> values) {}

    private final Iterator<Event> events;

    private YamlTree(Iterator<Event> events) {
        this.events = events;
    }

    /**
     * Reads a text of one document.
     *
     * @return a {@link Mapping}, a list of such or a text; null if the text is empty
     * @throws ProblemException 400 that says where the text stops being YAML, or has more than is read here
     */
    static @Nullable Object read(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel("the body")
                .setCodePointLimit(text.length() + 1)
                .build();
        try {
            YamlTree tree = new YamlTree(new Parse(settings).parseString(text).iterator());
            return tree.document();
        } catch (YamlEngineException e) {
            String where = String.valueOf(e.getMessage());
            throw ProblemException.badRequest("the body is no well-formed YAML: " + firstLines(where));
        }
    }

    private static String firstLines(String message) {
        String flat = message.replaceAll("\\s+", " ").trim();
        return flat.length() > 300 ? flat.substring(0, 300) : flat;
    }

    private @Nullable Object document() {
        Object root = null;
        int documents = 0;
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart && ++documents > 1) {
                throw ProblemException.badRequest("the body has several documents: must be one");
            }
            if (event instanceof NodeEvent) {
                root = node(event, 1);
            }
        }
        return root;
    }

    private Object node(Event event, int depth) {
        if (depth > MAX_DEPTH) {
            throw at(event, "is nested deeper than " + MAX_DEPTH + " levels");
        }
        if (event instanceof AliasEvent) {
            throw at(event, "has an alias, which is not followed");
        }
        boolean typed = event instanceof ScalarEvent text
                ? text.getTag().isPresent()
                : event instanceof CollectionStartEvent collection
                        && collection.getTag().isPresent();
        if (typed) {
            throw at(event, "names a type, which is not obeyed");
        }
        if (event instanceof ScalarEvent scalar) {
            return scalar.getValue();
        }
        if (event instanceof SequenceStartEvent) {
            List<Object> list = new ArrayList<>();
            Event next = events.next();
            while (next.getEventId() != Event.ID.SequenceEnd) {
                list.add(node(next, depth + 1));
                next = events.next();
            }
            return list;
        }
        if (!(event instanceof MappingStartEvent)) {
            throw at(event, "has what is no text, list or mapping");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        Event next = events.next();
        while (next.getEventId() != Event.ID.MappingEnd) {
            if (!(node(next, depth + 1) instanceof String key)) {
                throw at(next, "has a key that is no text");
            }
            if (values.put(key, node(events.next(), depth + 1)) != null) {
                throw at(next, "has the key " + key + " twice");
            }
            next = events.next();
        }
        return new Mapping(line(event), values);
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private static ProblemException at(Event event, String what) {
        Optional<Integer> line = event.getStartMark().map(mark -> mark.getLine() + 1);
        return ProblemException.badRequest("the body " + what
                + line.map(number -> " (line " + number + ")").orElse(""));
    }
}
