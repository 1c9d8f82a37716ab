package org.ergograph.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.ergograph.bench.Turns.Window;

/** The windows of a variant beside those of the two controls, round by round. */
record Compared(List<Window> first, List<Window> second, List<Window> mine) {
    double median(ToDoubleFunction<Window> figure) {
        return Turns.median(mine.stream().map(figure::applyAsDouble).toList());
    }

    /** The figure as a multiple of the mean of the controls, of each round. */
    List<Double> ratios(ToDoubleFunction<Window> figure) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < mine.size(); i++) {
            ratios.add(figure.applyAsDouble(mine.get(i)) / control(i, figure));
        }
        return ratios;
    }

    /** The figure beyond the mean of the controls, of each round. */
    List<Double> differences(ToDoubleFunction<Window> figure) {
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < mine.size(); i++) {
            differences.add(figure.applyAsDouble(mine.get(i)) - control(i, figure));
        }
        return differences;
    }

    private double control(int round, ToDoubleFunction<Window> figure) {
        return (figure.applyAsDouble(first.get(round)) + figure.applyAsDouble(second.get(round))) / 2;
    }
}
