package org.ergograph.gateway;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ergograph.tool.Source;

/**
 * Everything that the upstream servers offer, under the names that clients know. Immutable.
 *
 * @param tools by offered name
 * @param resources by URI; of two servers with the same URI the first registered has it
 * @param templates by URI template, likewise
 * @param prompts by offered name
 * @param hidden what is not offered because another has its name or URI
 */
record Offers(
        Map<String, UpstreamTool> tools,
        Map<String, UpstreamResource> resources,
        Map<String, UpstreamTemplate> templates,
        Map<String, UpstreamPrompt> prompts,
        List<Hidden> hidden) {
    /**
     * Something that is not offered.
     *
     * @param server that has it
     * @param key the name or URI
     * @param winner the server that has it on offer
     */
    record Hidden(String server, String key, String winner) {}

    static final Offers NONE = new Offers(Map.of(), Map.of(), Map.of(), Map.of(), List.of());

    /** @param links in the order of their registration */
    static Offers of(List<Link> links, Router router) {
        Map<String, UpstreamTool> tools = new LinkedHashMap<>();
        Map<String, UpstreamResource> resources = new LinkedHashMap<>();
        Map<String, UpstreamTemplate> templates = new LinkedHashMap<>();
        Map<String, UpstreamPrompt> prompts = new LinkedHashMap<>();
        List<Hidden> hidden = new ArrayList<>();
        for (Link link : links) {
            Discovered found = link.discovered();
            if (found == null) {
                continue;
            }
            for (JsonObject json : found.tools()) {
                UpstreamTool tool = new UpstreamTool(link, json, router);
                put(tools, tool.definition().name(), tool, hidden);
            }
            for (JsonObject json : found.resources()) {
                put(resources, json.getString("uri"), new UpstreamResource(link, json, router), hidden);
            }
            for (JsonObject json : found.templates()) {
                put(templates, json.getString("uriTemplate"), new UpstreamTemplate(link, json, router), hidden);
            }
            for (JsonObject json : found.prompts()) {
                UpstreamPrompt prompt = new UpstreamPrompt(link, json, router);
                put(prompts, prompt.name(), prompt, hidden);
            }
        }
        return new Offers(tools, resources, templates, prompts, List.copyOf(hidden));
    }

    private static <T extends Offered> void put(Map<String, T> into, String key, T item, List<Hidden> hidden) {
        T winner = into.putIfAbsent(key, item);
        if (winner != null) {
            hidden.add(new Hidden(
                    item.link().server().name(), key, winner.link().server().name()));
        }
    }

    Source.Offer offer() {
        return new Source.Offer(
                List.copyOf(tools.values()),
                List.copyOf(resources.values()),
                List.copyOf(templates.values()),
                List.copyOf(prompts.values()));
    }
}
