package org.ergograph.tool;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everything that is offered to MCP clients now, and the one way to call it. Thread-safe; readers take no lock. */
@Singleton
public class Catalogue {
    /** Hears of changes, on the thread that makes them; must be quick and not throw. */
    public interface Listener {
        /** Lists have changed. */
        void listsChanged(boolean tools, boolean resources, boolean prompts);

        /** The content of a resource has changed. */
        void resourceUpdated(String uri);
    }

    /** What is offered at one moment. Immutable. */
    public record Snapshot(
            Listing<Tool> tools,
            Listing<Resource> resources,
            Listing<ResourceTemplate> templates,
            Listing<Prompt> prompts) {}

    private final Instance<Tool> tools;
    private final Instance<Resource> resources;
    private final Instance<ResourceTemplate> templates;
    private final Instance<Prompt> prompts;
    private final Instance<Source> sources;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile Snapshot current;

    @Inject
    Catalogue(
            Instance<Tool> tools,
            Instance<Resource> resources,
            Instance<ResourceTemplate> templates,
            Instance<Prompt> prompts,
            Instance<Source> sources) {
        this.tools = tools;
        this.resources = resources;
        this.templates = templates;
        this.prompts = prompts;
        this.sources = sources;
        this.current = gather();
    }

    /** What is offered now. */
    public Snapshot current() {
        return current;
    }

    /** Says that a source may offer something else now; listeners hear of lists that have changed. */
    public synchronized void refresh() {
        current = gather();
        listeners.forEach(listener -> listener.listsChanged(true, true, true));
    }

    /** Says that the content of a resource has changed. */
    public void resourceUpdated(String uri) {
        listeners.forEach(listener -> listener.resourceUpdated(uri));
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /**
     * Calls the tool that {@link Call#name} names, as an observation of kind {@code tool}, after its arguments have been checked
     * where they are ours to check; wrong ones are answered as an error of the tool that says which, and what is allowed.
     *
     * @return fails with a {@link ProtocolException} if there is no such tool
     */
    public CompletionStage<Answer> call(Call call) {
        Tool tool = current.tools()
                .find(call.name())
                .orElseThrow(() ->
                        new ProtocolException(ProtocolException.INVALID_PARAMS, "there is no tool " + call.name()));
        return tool.call(call);
    }

    private Snapshot gather() {
        List<Tool> allTools = new ArrayList<>();
        List<Resource> allResources = new ArrayList<>();
        List<ResourceTemplate> allTemplates = new ArrayList<>();
        List<Prompt> allPrompts = new ArrayList<>();
        tools.forEach(allTools::add);
        resources.forEach(allResources::add);
        templates.forEach(allTemplates::add);
        prompts.forEach(allPrompts::add);
        for (Source source : sources) {
            Source.Offer offer = source.offer();
            allTools.addAll(offer.tools());
            allResources.addAll(offer.resources());
            allTemplates.addAll(offer.templates());
            allPrompts.addAll(offer.prompts());
        }
        return new Snapshot(
                new Listing<>(
                        allTools,
                        tool -> tool.definition().name(),
                        tool -> tool.definition().json()),
                new Listing<>(allResources, Resource::uri, Resource::json),
                new Listing<>(
                        allTemplates, template -> template.json().getString("uriTemplate"), ResourceTemplate::json),
                new Listing<>(allPrompts, Prompt::name, Prompt::json));
    }
}
