package org.ergograph.gateway;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.function.Consumer;
import org.ergograph.tool.Call;
import org.jspecify.annotations.Nullable;

/** Passes an upstream server's progress on to the client; what does not grow is left out, as the protocol has it. */
final class Progress implements Consumer<JsonObject> {
    private final Call call;
    private double last = Double.NEGATIVE_INFINITY;

    private Progress(Call call) {
        this.call = call;
    }

    /** Null if nobody wants to hear. */
    static @Nullable Progress of(Call call) {
        return call.wantsProgress() ? new Progress(call) : null;
    }

    @Override
    public void accept(JsonObject params) {
        if (params.get("progress") instanceof JsonNumber progress && grown(progress.doubleValue())) {
            call.progress(
                    progress.doubleValue(),
                    params.get("total") instanceof JsonNumber total ? total.doubleValue() : Double.NaN,
                    params.get("message") instanceof JsonString message ? message.getString() : null);
        }
    }

    private synchronized boolean grown(double progress) {
        boolean grown = progress > last;
        last = Math.max(last, progress);
        return grown;
    }
}
