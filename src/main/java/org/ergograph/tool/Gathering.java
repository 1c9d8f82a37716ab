package org.ergograph.tool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.ergograph.observation.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Makes the lists of the catalogue: our own before those of the sources, so that none of a source's hides one of ours. A source
 * that fails keeps what it offered last. Not thread-safe.
 */
final class Gathering {
    private static final System.Logger LOG = System.getLogger(Gathering.class.getName());

    private final Source.Offer own;
    private final ToolCalls calls;
    private final ArgumentSchemas schemas = new ArgumentSchemas();
    private final Map<Source, Source.Offer> lastOffers = new HashMap<>();
    private final Set<Source> failing = new HashSet<>();
    private IdentityHashMap<Tool, OfferedTool> offered = new IdentityHashMap<>();
    private Set<String> hidden = Set.of();

    /** @throws IllegalStateException if the input schema of a tool of ours is none */
    Gathering(Source.Offer own, Recorder recorder) {
        this.own = own;
        this.calls = new ToolCalls(recorder);
        own.tools().forEach(tool -> offered.put(tool, offered(tool, offered)));
    }

    /** @param before the lists that there were; null at first */
    Catalogue.Snapshot gather(Iterable<? extends Source> sources, Catalogue.@Nullable Snapshot before) {
        IdentityHashMap<Tool, OfferedTool> known = offered;
        IdentityHashMap<Tool, OfferedTool> next = new IdentityHashMap<>();
        List<Source.Offer> offers = new ArrayList<>(List.of(own));
        own.tools().forEach(tool -> next.put(tool, offered(tool, known)));
        for (Source source : sources) {
            offers.add(offer(source, known, next));
        }
        offered = next;
        Set<String> hiddenNow = new HashSet<>();
        Map<String, Tool> tools = unique(
                "tool", offers, Source.Offer::tools, tool -> tool.definition().name(), hiddenNow);
        tools.replaceAll((name, tool) -> Objects.requireNonNull(next.get(tool)));
        Map<String, Resource> resources = unique("resource", offers, Source.Offer::resources, Resource::uri, hiddenNow);
        Map<String, ResourceTemplate> templates =
                unique("resource template", offers, Source.Offer::templates, Gathering::uriTemplate, hiddenNow);
        Map<String, Prompt> prompts = unique("prompt", offers, Source.Offer::prompts, Prompt::name, hiddenNow);
        tell(hiddenNow);
        return new Catalogue.Snapshot(
                Listing.of(tools, tool -> tool.definition().json(), before == null ? null : before.tools()),
                Listing.of(resources, Resource::json, before == null ? null : before.resources()),
                Listing.of(templates, ResourceTemplate::json, before == null ? null : before.templates()),
                Listing.of(prompts, Prompt::json, before == null ? null : before.prompts()));
    }

    private static String uriTemplate(ResourceTemplate template) {
        return template.json().getString("uriTemplate");
    }

    /** What is still the same tool keeps its series and its compiled schema. */
    private OfferedTool offered(Tool tool, IdentityHashMap<Tool, OfferedTool> known) {
        ToolDefinition definition = tool.definition();
        OfferedTool before = known.get(tool);
        return before != null && before.definition().equals(definition)
                ? before
                : new OfferedTool(tool, calls, definition.validated() ? schemas.compile(definition) : null);
    }

    private Source.Offer offer(
            Source source, IdentityHashMap<Tool, OfferedTool> known, IdentityHashMap<Tool, OfferedTool> next) {
        Source.Offer last = lastOffers.getOrDefault(source, Source.Offer.none());
        try {
            Source.Offer offer = source.offer();
            IdentityHashMap<Tool, OfferedTool> tools = new IdentityHashMap<>();
            offer.tools().forEach(tool -> tools.put(tool, offered(tool, known)));
            check(offer);
            next.putAll(tools);
            lastOffers.put(source, offer);
            if (failing.remove(source)) {
                LOG.log(System.Logger.Level.INFO, () -> nameOf(source) + " offers again");
            }
            return offer;
        } catch (RuntimeException | LinkageError e) {
            if (failing.add(source)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        () -> nameOf(source) + " failed to say what it offers: what it offered last is kept",
                        e);
            }
            last.tools().forEach(tool -> Optional.ofNullable(known.get(tool)).ifPresent(of -> next.put(tool, of)));
            return last;
        }
    }

    /** Touches what the lists need, so that it fails here or not at all. */
    private static void check(Source.Offer offer) {
        offer.resources().forEach(resource -> resource.json().getString("uri"));
        offer.templates().forEach(Gathering::uriTemplate);
        offer.prompts().forEach(prompt -> prompt.json().getString("name"));
    }

    private static <T> Map<String, T> unique(
            String sort,
            List<Source.Offer> offers,
            Function<Source.Offer, List<T>> part,
            Function<T, String> key,
            Set<String> hidden) {
        Map<String, T> items = new LinkedHashMap<>();
        for (Source.Offer offer : offers) {
            for (T item : part.apply(offer)) {
                if (items.putIfAbsent(key.apply(item), item) != null) {
                    hidden.add(sort + " " + key.apply(item));
                }
            }
        }
        return items;
    }

    private void tell(Set<String> hiddenNow) {
        for (String what : hiddenNow) {
            if (!hidden.contains(what)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        () -> what + " is offered more than once: our own is taken, else the first");
            }
        }
        hidden = hiddenNow;
    }

    private static String nameOf(Source source) {
        return source.getClass().getSimpleName();
    }
}
