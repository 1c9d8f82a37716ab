package org.ergograph.recorder;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.Config;

/**
 * Reads configuration values and collects every fault, so that a deployment that stops tells all of them at once. Not
 * thread-safe.
 */
public final class ConfigValues {
    private final UnaryOperator<String> lookup;
    private final List<String> faults = new ArrayList<>();

    /** Reads from MicroProfile Config. */
    public ConfigValues(Config config) {
        // getConfigValue answers a null value for a key that is absent or empty, where getValue throws.
        this.lookup = name -> {
            String value = config.getConfigValue(name).getValue();
            return value == null ? "" : value;
        };
    }

    /** Reads from any lookup by name that answers the empty text where there is no value. */
    public ConfigValues(UnaryOperator<String> lookup) {
        this.lookup = lookup;
    }

    /** The trimmed text, or the key's default where none is given. */
    public String text(ConfigKey key) {
        String value = lookup.apply(key.name()).strip();
        return value.isEmpty() ? key.defaultValue() : value;
    }

    /** {@code true} or {@code false}, in any case. */
    public boolean bool(ConfigKey key) {
        String text = text(key).toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) {
            fault(key, text);
            return Boolean.parseBoolean(key.defaultValue());
        }
        return text.equals("true");
    }

    /** A whole number between the bounds, both inclusive. */
    public int integer(ConfigKey key, int min, int max) {
        return (int) number(key, min, max);
    }

    /** A whole number between the bounds, both inclusive. */
    public long number(ConfigKey key, long min, long max) {
        String text = text(key);
        try {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through to the fault that names the key
        }
        fault(key, text);
        return min;
    }

    /** A decimal number between the bounds, both inclusive. */
    public double decimal(ConfigKey key, double min, double max) {
        String text = text(key);
        try {
            double value = Double.parseDouble(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through to the fault that names the key
        }
        fault(key, text);
        return min;
    }

    /** An ISO-8601 duration between the bounds, both inclusive. */
    public Duration duration(ConfigKey key, Duration min, Duration max) {
        String text = text(key);
        try {
            Duration value = Duration.parse(text);
            if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
                return value;
            }
        } catch (DateTimeParseException e) {
            // falls through to the fault that names the key
        }
        fault(key, text);
        return min;
    }

    /** The parts of a comma-separated list, trimmed, empty ones left out. */
    public List<String> list(ConfigKey key) {
        List<String> parts = new ArrayList<>();
        for (String part : text(key).split(",", -1)) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return parts;
    }

    /** One of the given words. */
    public String oneOf(ConfigKey key, List<String> words) {
        String text = text(key);
        if (!words.contains(text)) {
            fault(key, text);
        }
        return text;
    }

    /** Adds a fault: the value of this key is not allowed. */
    public void fault(ConfigKey key, String value) {
        faults.add("%s is '%s': must be %s".formatted(key.name(), value, key.allowed()));
    }

    /**
     * Ends the reading.
     *
     * @throws IllegalStateException if there was any fault; its message names every key, its value and what is allowed
     */
    public void check() {
        if (!faults.isEmpty()) {
            throw new IllegalStateException("configuration: " + String.join("; ", faults));
        }
    }
}
