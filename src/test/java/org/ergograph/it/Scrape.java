package org.ergograph.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The samples of a page in Prometheus text format. Immutable. */
public final class Scrape {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? ([^ ]+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** One line: a name, its labels and a value. */
    public record Sample(String name, Map<String, String> labels, double value) {}

    private final List<Sample> samples = new ArrayList<>();

    /** Reads a page; a line that is neither comment nor sample is a fault. */
    public static Scrape parse(String page) {
        Scrape scrape = new Scrape();
        page.lines().filter(line -> !line.isEmpty() && !line.startsWith("#")).forEach(line -> {
            Matcher matcher = SAMPLE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("no sample: " + line);
            }
            Map<String, String> labels = new TreeMap<>();
            String text = matcher.group(2);
            if (text != null) {
                Matcher label = LABEL.matcher(text);
                while (label.find()) {
                    labels.put(label.group(1), label.group(2));
                }
            }
            scrape.samples.add(new Sample(matcher.group(1), labels, number(matcher.group(3))));
        });
        return scrape;
    }

    private static double number(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    /** The samples of this name whose labels include these, given as name and value in turn. */
    public List<Sample> of(String name, String... labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .filter(sample -> {
                    for (int i = 0; i < labels.length; i += 2) {
                        if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                            return false;
                        }
                    }
                    return true;
                })
                .toList();
    }

    /** The sum over the samples of this name whose labels include these. */
    public double sum(String name, String... labels) {
        return of(name, labels).stream().mapToDouble(Sample::value).sum();
    }

    /** Every sample. */
    public List<Sample> all() {
        return List.copyOf(samples);
    }
}
