package org.ergograph.history.query;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ergograph.history.rollup.Tier;

/**
 * What the tiers still hold at a moment, and so which of them answers which part of a range. Every tier holds everything up to now;
 * the coarser ones go back further. Immutable.
 */
final class Tiers {
    private static final Tier[] FINEST_FIRST = Tier.values();

    private final Map<Tier, Duration> retention;
    private final Instant now;

    /** @param retention how long each tier is kept */
    Tiers(Map<Tier, Duration> retention, Instant now) {
        this.retention = Map.copyOf(retention);
        this.now = now;
    }

    /** The first moment of which the tier surely holds everything: a boundary of the tier above it, so that this one can go on. */
    Instant since(Tier tier) {
        Instant oldest = now.minus(retention.getOrDefault(tier, Duration.ZERO));
        Tier above = switch (tier) {
            case MINUTE -> Tier.FIVE_MINUTES;
            case FIVE_MINUTES -> Tier.HOUR;
            case HOUR, DAY -> Tier.DAY;
        };
        return ceiling(oldest, above.length().toSeconds());
    }

    /** The first moment of which anything is surely held. */
    Instant since() {
        Instant first = since(FINEST_FIRST[0]);
        for (Tier tier : FINEST_FIRST) {
            first = first.isBefore(since(tier)) ? first : since(tier);
        }
        return first;
    }

    /**
     * Covers the range, each part by the coarsest tier that fits. The ends are rounded outwards to the finest tier that is held
     * there; what is older than anything held and what is to come is left out.
     *
     * @return in order, without gap or overlap; empty if nothing of the range is left
     */
    List<Piece> cover(Instant from, Instant to) {
        Instant first = later(from, since());
        Instant last = earlier(to, now);
        if (!first.isBefore(last)) {
            return List.of();
        }
        long position = floor(first, finest(first).length().toSeconds()).getEpochSecond();
        long end =
                ceiling(last, finest(last.minusNanos(1)).length().toSeconds()).getEpochSecond();
        List<Piece> pieces = new ArrayList<>();
        while (position < end) {
            Tier tier = coarsest(position, end);
            long next = position + tier.length().toSeconds();
            append(pieces, new Piece(tier, Instant.ofEpochSecond(position), Instant.ofEpochSecond(next)));
            position = next;
        }
        return pieces;
    }

    /**
     * Covers the range, each part by the finest tier that is held there, for whoever goes through it interval by interval. The
     * ends are rounded outwards; what is older than anything held and what is to come is left out.
     *
     * @return in order, without gap or overlap; empty if nothing of the range is left
     */
    List<Piece> finestPieces(Instant from, Instant to) {
        Instant last = earlier(to, now);
        Instant position = later(from, since());
        List<Piece> pieces = new ArrayList<>();
        while (position.isBefore(last)) {
            Tier tier = finest(position);
            long seconds = tier.length().toSeconds();
            Instant next = last;
            for (Tier finer : FINEST_FIRST) {
                next = since(finer).isAfter(position) ? earlier(next, since(finer)) : next;
            }
            Piece piece = new Piece(tier, floor(position, seconds), ceiling(next, seconds));
            append(pieces, piece);
            position = piece.to();
        }
        return pieces;
    }

    /** Covers the range by one tier, rounded outwards to its boundaries; empty if it holds nothing of the range. */
    Optional<Piece> cover(Tier tier, Instant from, Instant to) {
        return cover(tier, tier.length(), from, to);
    }

    /**
     * Covers the range by one tier, rounded outwards to multiples of a step, but not to before the tier is held nor beyond the
     * interval that is now.
     *
     * @param step a multiple of the tier's width
     */
    Optional<Piece> cover(Tier tier, Duration step, Instant from, Instant to) {
        Instant first = later(from, since(tier));
        Instant last = earlier(to, now);
        if (!first.isBefore(last)) {
            return Optional.empty();
        }
        Instant start = later(floor(first, step.toSeconds()), since(tier));
        Instant end = earlier(
                ceiling(last, step.toSeconds()), ceiling(now, tier.length().toSeconds()));
        return Optional.of(new Piece(tier, start, end));
    }

    /** The coarsest tier whose intervals make up the step and that reaches back to this moment, as far as any does. */
    Optional<Tier> forStep(Duration step, Instant from) {
        Instant first = later(from, since());
        for (int i = FINEST_FIRST.length - 1; i >= 0; i--) {
            Tier tier = FINEST_FIRST[i];
            if (isMultiple(step, tier) && !since(tier).isAfter(first)) {
                return Optional.of(tier);
            }
        }
        return Optional.empty();
    }

    /** The finest tier that reaches back to this moment, as far as any does. */
    Tier finest(Instant from) {
        Instant first = later(from, since());
        for (Tier tier : FINEST_FIRST) {
            if (!since(tier).isAfter(first)) {
                return tier;
            }
        }
        throw new IllegalStateException("no tier holds " + first);
    }

    /** The first moment of which anything finer than this tier is held; that of the tier itself if it is the finest. */
    Instant sinceFinerThan(Tier tier) {
        Instant since = since(tier);
        for (Tier finer : FINEST_FIRST) {
            if (finer == tier) {
                break;
            }
            since = since(finer);
        }
        return since;
    }

    static boolean isMultiple(Duration step, Tier tier) {
        return step.minusSeconds(step.toSeconds()).isZero()
                && step.toSeconds() % tier.length().toSeconds() == 0;
    }

    private Tier coarsest(long position, long end) {
        Instant at = Instant.ofEpochSecond(position);
        for (int i = FINEST_FIRST.length - 1; i >= 0; i--) {
            Tier tier = FINEST_FIRST[i];
            long width = tier.length().toSeconds();
            if (position % width == 0 && position + width <= end && !since(tier).isAfter(at)) {
                return tier;
            }
        }
        // Where a finer tier is kept for longer than a coarser one the last interval may not fit: then it reaches
        // beyond the end.
        return finest(at);
    }

    private static void append(List<Piece> pieces, Piece next) {
        int last = pieces.size() - 1;
        if (last >= 0 && pieces.get(last).tier() == next.tier()) {
            pieces.set(last, new Piece(next.tier(), pieces.get(last).from(), next.to()));
        } else {
            pieces.add(next);
        }
    }

    static Instant floor(Instant at, long seconds) {
        return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
    }

    static Instant ceiling(Instant at, long seconds) {
        Instant floor = floor(at, seconds);
        return floor.equals(at) ? floor : floor.plusSeconds(seconds);
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
