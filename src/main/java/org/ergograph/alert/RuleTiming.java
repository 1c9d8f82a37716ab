package org.ergograph.alert;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a rule is evaluated, and when what it finds counts. Immutable.
 *
 * @param evaluationPeriod the pause between two evaluations
 * @param hold for how long the condition has to be met before the alert fires; zero fires at once
 * @param keepFiringFor for how long it goes on firing after the condition has gone
 * @param dampening how many evaluations have to find it met; null if one does
 * @param onNoData what no data means
 * @param autoResolve whether it is resolved by itself; otherwise somebody has to resolve it
 */
public record RuleTiming(
        Duration evaluationPeriod,
        Duration hold,
        Duration keepFiringFor,
        @Nullable Dampening dampening,
        OnNoData onNoData,
        boolean autoResolve) {}
