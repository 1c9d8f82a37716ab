package org.ergograph.alert.condition;

/**
 * Which series a rule looks at: {@code system} (all), {@code automation} (workflow steps), {@code macro} (tools), or a kind, with a
 * colon and a name if need be, in which {@code *} stands for any text: {@code tool:search*}. Immutable.
 *
 * @param text as it was given
 */
public record Scope(String text) {
    public static final Scope SYSTEM = new Scope("system");
}
