package org.ergograph.notify.prometheus;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.ergograph.notify.prometheus.PromQl.Aggregate;
import org.ergograph.notify.prometheus.PromQl.Binary;
import org.ergograph.notify.prometheus.PromQl.Call;
import org.ergograph.notify.prometheus.PromQl.Match;
import org.ergograph.notify.prometheus.PromQl.Selector;
import org.jspecify.annotations.Nullable;

/** Looks through expressions. */
final class PromQlForms {
    private static final String BOUND = "le";

    private static final Match SERVER_ERROR = new Match("status", "=~", "5..");
    private static final Set<String> SERVER_ERRORS = Set.of("5..", "5.*", "5.+", "^5..$", "^5.*", "5[0-9]+", "5\\d+");

    private PromQlForms() {}

    /** The same expression with labels in one order, so that what means the same is equal. */
    static PromQl tidy(PromQl expression) {
        if (expression instanceof Selector selector) {
            return new Selector(
                    selector.metric(),
                    selector.matches().stream()
                            .map(PromQlForms::tidy)
                            .sorted(Comparator.comparing(Match::label)
                                    .thenComparing(Match::operator)
                                    .thenComparing(Match::value))
                            .toList(),
                    selector.range(),
                    selector.offset());
        }
        if (expression instanceof Aggregate aggregate) {
            return new Aggregate(
                    aggregate.operator(), aggregate.by().stream().sorted().toList(), tidy(aggregate.of()));
        }
        if (expression instanceof Call call) {
            return new Call(
                    call.function(),
                    call.arguments().stream().map(PromQlForms::tidy).toList());
        }
        return expression instanceof Binary binary
                ? new Binary(binary.operator(), tidy(binary.left()), tidy(binary.right()))
                : expression;
    }

    private static Match tidy(Match match) {
        boolean error = match.label().equals("status")
                && match.operator().equals("=~")
                && SERVER_ERRORS.contains(match.value());
        return error ? SERVER_ERROR : match;
    }

    /** The same expression with every number 0: two that differ in their thresholds only are equal then. */
    static PromQl withoutNumbers(PromQl expression) {
        if (expression instanceof PromQl.Num) {
            return new PromQl.Num(0);
        }
        if (expression instanceof Aggregate aggregate) {
            return new Aggregate(aggregate.operator(), aggregate.by(), withoutNumbers(aggregate.of()));
        }
        if (expression instanceof Call call) {
            return new Call(
                    call.function(),
                    call.arguments().stream().map(PromQlForms::withoutNumbers).toList());
        }
        return expression instanceof Binary binary
                ? new Binary(binary.operator(), withoutNumbers(binary.left()), withoutNumbers(binary.right()))
                : tidy(expression);
    }

    /** The first selector of the expression; null without one. */
    static @Nullable Selector firstSelector(PromQl expression) {
        if (expression instanceof Selector selector) {
            return selector;
        }
        if (expression instanceof Aggregate aggregate) {
            return firstSelector(aggregate.of());
        }
        if (expression instanceof Call call) {
            return call.arguments().stream()
                    .map(PromQlForms::firstSelector)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        if (expression instanceof Binary binary) {
            Selector left = firstSelector(binary.left());
            return left == null ? firstSelector(binary.right()) : left;
        }
        return null;
    }

    /** The labels of the first aggregation, without that of a histogram's bounds. */
    static List<String> firstBy(PromQl expression) {
        if (expression instanceof Aggregate aggregate) {
            return aggregate.by().stream().filter(label -> !label.equals(BOUND)).toList();
        }
        if (expression instanceof Call call) {
            return call.arguments().stream()
                    .filter(argument -> firstSelector(argument) != null)
                    .findFirst()
                    .map(PromQlForms::firstBy)
                    .orElse(List.of());
        }
        if (expression instanceof Binary binary) {
            return firstBy(firstSelector(binary.left()) == null ? binary.right() : binary.left());
        }
        return List.of();
    }

    /** Whether it is made of numbers only. */
    static boolean isNumber(PromQl expression) {
        return expression instanceof PromQl.Num
                || (expression instanceof Binary binary && isNumber(binary.left()) && isNumber(binary.right()));
    }
}
