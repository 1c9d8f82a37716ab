package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RouterJsonTest {
    private final Fixture gateway = new Fixture();

    @Test
    void figuresOfAToolAddUp() {
        gateway.upstream.on("tools/call", request -> {
            gateway.recorder.advanceMillis(100);
            return CompletableFuture.completedFuture(Texts.json("{'content':[]}"));
        });
        UpstreamTool tool = gateway.tool("read");
        tool.call(new FakeCall("files__read", "{}"));
        tool.call(new FakeCall("files__read", "{}"));
        gateway.upstream.fails("tools/call", UpstreamException.Reason.PROTOCOL);
        tool.call(new FakeCall("files__read", "{}"));
        tool.call(new FakeCall("files__read", "{}"));

        JsonObject json = RouterJson.tool(gateway.ledger.entries().get(0)).build();

        assertThat(json.getString("server")).isEqualTo("files");
        assertThat(json.getString("tool")).isEqualTo("read");
        assertThat(json.getInt("calls")).isEqualTo(4);
        assertThat(json.getInt("sent")).isEqualTo(4);
        assertThat(json.getInt("errors")).isEqualTo(2);
        assertThat(json.getJsonNumber("errorRate").doubleValue()).isEqualTo(0.5);
        assertThat(json.getJsonObject("errorsByType"))
                .isEqualTo(Texts.json("{'timeout':0,'transport':0,'protocol':2,'refused':0,'too_large':0,"
                        + "'cancelled':0,'tool_error':0}"));
        JsonObject latency = json.getJsonObject("upstreamLatency");
        assertThat(latency.getJsonObject("sinceStart")
                        .getJsonNumber("meanSeconds")
                        .doubleValue())
                .isEqualTo(0.05);
        assertThat(latency.getJsonObject("window").getJsonNumber("p99Seconds").doubleValue())
                .isBetween(0.099, 0.101);
        assertThat(json.getJsonObject("addedLatency")
                        .getJsonObject("sinceStart")
                        .getJsonNumber("sumSeconds")
                        .doubleValue())
                .isZero();
        assertThat(json.getJsonObject("resultBytes"))
                .isEqualTo(Texts.json("{'count':2,'sum':28,'max':14,'mean':14.0}"));
    }

    @Test
    void whatStandsBeforeAServerIsShown() {
        gateway.tool("slow").call(new FakeCall("files__slow", "{}"));
        assertThat(RouterJson.server(gateway.link).build())
                .isEqualTo(Texts.json("{'server':'files','health':'unknown','breaker':'closed','inUse':1,'limit':3,"
                        + "'refused':{'bulkhead':0,'circuit_open':0}}"));
    }
}
