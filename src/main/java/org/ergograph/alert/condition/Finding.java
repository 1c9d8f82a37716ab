package org.ergograph.alert.condition;

/** What an evaluation of a rule found of one of its subjects. Immutable. */
public record Finding(Subject subject, Verdict verdict) {}
