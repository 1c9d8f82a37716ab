package org.ergograph.demo;

import java.time.Duration;
import java.util.List;

/**
 * Whether there is a demonstration, and how it behaves. Immutable.
 *
 * @param enabled whether there are sample tools and traffic at all
 * @param url where this server is reached, without a slash at its end
 * @param interval the pause between two calls
 * @param tools the sample tools
 */
public record DemoSettings(boolean enabled, String url, Duration interval, List<Behaviour> tools) {
    public DemoSettings {
        tools = List.copyOf(tools);
    }
}
