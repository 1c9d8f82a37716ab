package org.ergograph.tool;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.ergograph.observation.Recorder;
import org.jspecify.annotations.Nullable;

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

    private final Supplier<Source.Offer> own;
    private final Iterable<? extends Source> sources;
    private final Recorder recorder;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Gathering gathering;
    private volatile @Nullable Snapshot current;

    @Inject
    Catalogue(
            Instance<Tool> tools,
            Instance<Resource> resources,
            Instance<ResourceTemplate> templates,
            Instance<Prompt> prompts,
            Instance<Source> sources,
            Recorder recorder) {
        this(
                () -> new Source.Offer(
                        tools.stream().toList(),
                        resources.stream().toList(),
                        templates.stream().toList(),
                        prompts.stream().toList()),
                sources,
                recorder);
    }

    /**
     * A catalogue outside of a container.
     *
     * @param own what is always offered; asked once, as late as possible
     * @param sources asked again at every {@link #refresh}
     */
    public Catalogue(Supplier<Source.Offer> own, Iterable<? extends Source> sources, Recorder recorder) {
        this.own = own;
        this.sources = sources;
        this.recorder = recorder;
    }

    /** A schema of ours that is none has to be known at the start, not at the first request. */
    void start(@Observes @Initialized(ApplicationScoped.class) @Priority(3000) Object event) {
        current();
    }

    /** What is offered now. */
    public Snapshot current() {
        Snapshot known = current;
        return known != null ? known : first();
    }

    // Not in the constructor: a source may need the catalogue to say that it has others now.
    private synchronized Snapshot first() {
        Snapshot known = current;
        if (known == null) {
            known = gather(null);
            current = known;
        }
        return known;
    }

    /** Says that a source may offer something else now; listeners hear of lists that clients see differently. */
    public synchronized void refresh() {
        Snapshot before = current();
        Snapshot now = gather(before);
        current = now;
        boolean toolsChanged = !now.tools().shows(before.tools());
        boolean resourcesChanged =
                !now.resources().shows(before.resources()) || !now.templates().shows(before.templates());
        boolean promptsChanged = !now.prompts().shows(before.prompts());
        if (toolsChanged || resourcesChanged || promptsChanged) {
            listeners.forEach(listener -> listener.listsChanged(toolsChanged, resourcesChanged, promptsChanged));
        }
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
        return current()
                .tools()
                .find(call.name())
                .map(tool -> tool.call(call))
                .orElseGet(() -> CompletableFuture.failedFuture(new ProtocolException(
                        ProtocolException.INVALID_PARAMS, "there is no tool '" + Shown.cleaned(call.name()) + "'")));
    }

    private Snapshot gather(@Nullable Snapshot before) {
        Gathering known = gathering;
        if (known == null) {
            known = new Gathering(own.get(), recorder);
            gathering = known;
        }
        return known.gather(sources, before);
    }
}
