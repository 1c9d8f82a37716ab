package org.ergograph.alert;

/**
 * Where an evaluation leads. Immutable.
 *
 * @param state the state afterwards
 * @param recent to be given to the next evaluation
 * @param reason one sentence for people: why it is in this state
 * @param changed whether it is in another state than before, not only for longer in the same
 */
public record Transition(AlertState state, Recent recent, String reason, boolean changed) {}
