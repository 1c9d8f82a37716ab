package org.ergograph.settings;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Objects;
import org.ergograph.web.ProblemException;

/**
 * Changes thresholds, one at a time: each change is in force on this node when it is done. Asks the database; thread-safe.
 */
@Singleton
class ThresholdChanges {
    private static final int ATTEMPTS = 20;

    private final SettingRepository settings;
    private final Thresholds thresholds;

    @Inject
    ThresholdChanges(SettingRepository settings, Thresholds thresholds) {
        this.settings = settings;
        this.thresholds = thresholds;
    }

    /**
     * Makes the change.
     *
     * @throws ProblemException 412, 422 where the critical threshold of a pair would not lie beyond the other, 409 where too
     *     many others change settings at the same time
     */
    Setting apply(Wish wish) {
        Setting setting = changed(wish);
        thresholds.read();
        return setting;
    }

    private synchronized Setting changed(Wish wish) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return done(settings.change(wish), wish);
            } catch (SettingRepository.Collision e) {
                // Nothing was changed: what the other node made of it is looked at anew.
            }
        }
        throw ProblemException.conflict(
                wish.threshold().label(), text(wish.wanted()), "changed when others do not do so at the same time");
    }

    private static Setting done(Outcome outcome, Wish wish) {
        if (outcome instanceof Outcome.Done done) {
            return done.setting();
        }
        if (outcome instanceof Outcome.Disordered disordered) {
            throw disordered(wish, disordered);
        }
        throw ProblemException.preconditionFailed(Objects.requireNonNullElse(wish.ifMatch(), ""));
    }

    private static ProblemException disordered(Wish wish, Outcome.Disordered disordered) {
        boolean below = wish.threshold().isCritical() == wish.threshold().isFloor();
        return ProblemException.unprocessable(
                "value",
                text(wish.wanted()),
                (below ? "below " : "above ") + text(disordered.value()) + ", the value of "
                        + disordered.partner().label());
    }

    private static String text(double value) {
        return ThresholdJson.number(value).toPlainString();
    }
}
