package org.ergograph.settings;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.util.Optional;
import org.ergograph.web.JsonText;
import org.jspecify.annotations.Nullable;

/** Thresholds and their changes as they go over the wire. Pure. */
final class ThresholdJson {
    private ThresholdJson() {}

    /** @param setting empty if it was never changed */
    static JsonObject of(Threshold threshold, Optional<Setting> setting) {
        Double given = setting.map(Setting::value).orElse(null);
        JsonObjectBuilder json = JsonText.object()
                .add("name", threshold.label())
                .add("value", number(given == null ? threshold.defaultValue() : given))
                .add("default", number(threshold.defaultValue()))
                .add("changed", given != null)
                .add("unit", threshold.unit())
                .add("min", number(threshold.min()))
                .add("max", number(threshold.max()))
                .add("breached", threshold.isFloor() ? "below" : "above")
                .add("meaning", threshold.meaning())
                .add("version", version(setting));
        addText(
                json,
                "changedAt",
                setting.map(each -> each.changedAt().toString()).orElse(null));
        addText(json, "changedBy", setting.map(Setting::changedBy).orElse(null));
        return json.build();
    }

    /** The number of the change that made it so; 0 if there was none. */
    static long version(Optional<Setting> setting) {
        return setting.map(Setting::revision).orElse(0L);
    }

    static JsonObject of(SettingChange change) {
        Optional<Threshold> threshold = Threshold.named(change.name());
        JsonObjectBuilder json =
                JsonText.object().add("revision", change.revision()).add("name", change.name());
        addValue(json, "from", change.oldValue(), threshold);
        addValue(json, "to", change.newValue(), threshold);
        json.add("toDefault", change.newValue() == null);
        json.add("at", change.at().toString());
        addText(json, "by", change.by());
        json.add("node", change.node());
        addText(json, "comment", change.comment());
        return json.build();
    }

    private static void addValue(
            JsonObjectBuilder json, String field, @Nullable Double value, Optional<Threshold> threshold) {
        if (value != null) {
            json.add(field, number(value));
        } else if (threshold.isPresent()) {
            json.add(field, number(threshold.get().defaultValue()));
        } else {
            json.addNull(field);
        }
    }

    /** Without an exponent, and without zeros that say nothing. */
    static BigDecimal number(double value) {
        BigDecimal number = BigDecimal.valueOf(value).stripTrailingZeros();
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    private static void addText(JsonObjectBuilder json, String field, @Nullable String text) {
        if (text == null) {
            json.addNull(field);
        } else {
            json.add(field, text);
        }
    }
}
