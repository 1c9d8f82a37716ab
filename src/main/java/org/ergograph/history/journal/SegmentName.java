package org.ergograph.history.journal;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a segment's file, by which a listing has the order of writing.
 *
 * @param opening counts the openings of the directory, so that runs have an order that no clock disturbs
 * @param run the run's id
 * @param number counts the segments of the run
 */
record SegmentName(int opening, long run, int number) implements Comparable<SegmentName> {
    private static final Pattern FORM = Pattern.compile("(\\d{10})-(\\p{XDigit}{16})-(\\d{10})\\.journal");
    private static final Comparator<SegmentName> ORDER = Comparator.comparingInt(SegmentName::opening)
            .thenComparingLong(SegmentName::run)
            .thenComparingInt(SegmentName::number);

    /** Empty if it is not the name of a segment. */
    static Optional<SegmentName> parse(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long opening = Long.parseLong(matcher.group(1));
        long number = Long.parseLong(matcher.group(3));
        return opening > Integer.MAX_VALUE || number > Integer.MAX_VALUE
                ? Optional.empty()
                : Optional.of(
                        new SegmentName((int) opening, Long.parseUnsignedLong(matcher.group(2), 16), (int) number));
    }

    String file() {
        return "%010d-%016x-%010d.journal".formatted(opening, run, number);
    }

    @Override
    public int compareTo(SegmentName other) {
        return ORDER.compare(this, other);
    }
}
