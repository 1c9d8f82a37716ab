package org.ergograph.tool;

import java.util.List;

/**
 * Gives tools, resources and prompts that come and go while the application runs: those of the upstream servers. Every CDI bean
 * of this type is asked; it says through {@link Catalogue#refresh} that it has others now. Thread-safe.
 */
public interface Source {
    /** What it offers now; cheap, and takes no lock that is held while anything waits. */
    Offer offer();

    /** A set of offers. Immutable. */
    record Offer(List<Tool> tools, List<Resource> resources, List<ResourceTemplate> templates, List<Prompt> prompts) {
        public Offer {
            tools = List.copyOf(tools);
            resources = List.copyOf(resources);
            templates = List.copyOf(templates);
            prompts = List.copyOf(prompts);
        }

        /** Nothing at all. */
        public static Offer none() {
            return new Offer(List.of(), List.of(), List.of(), List.of());
        }
    }
}
