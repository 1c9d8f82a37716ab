package org.ergograph.bench;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** An upstream server of revision 2026-07-28 with one tool, {@code add}, that takes as little time as a server can. */
public final class ModernUpstream {
    private ModernUpstream() {}

    /** Serves on the port that the argument names, until the process ends. */
    public static void main(String[] arguments) throws Exception {
        Tomcat tomcat = new Tomcat();
        File base = Files.createTempDirectory("modern-upstream").toFile();
        base.deleteOnExit();
        tomcat.setBaseDir(base.getPath());
        tomcat.setPort(Integer.parseInt(arguments[0]));
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", base.getPath());
        Tomcat.addServlet(context, "mcp", new Endpoint());
        context.addServletMappingDecoded("/mcp", "mcp");
        tomcat.start();
        tomcat.getServer().await();
    }

    private static final class Endpoint extends HttpServlet {
        private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
        private static final String NUMBER = "{\"type\":\"number\"}";

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            JsonObject message;
            try (JsonReader reader = READERS.createReader(request.getInputStream())) {
                message = reader.readObject();
            }
            if (!message.containsKey("id")) {
                response.setStatus(202);
                return;
            }
            String result = result(message);
            byte[] bytes = ("{\"jsonrpc\":\"2.0\",\"id\":" + message.get("id") + "," + result + "}")
                    .getBytes(StandardCharsets.UTF_8);
            response.setContentType("application/json");
            response.setContentLength(bytes.length);
            response.getOutputStream().write(bytes);
        }

        private static String result(JsonObject message) {
            return switch (message.getString("method")) {
                case "server/discover" ->
                    "\"result\":{\"resultType\":\"complete\",\"ttlMs\":0,\"cacheScope\":\"private\",\"supportedVersions\":"
                            + "[\"2026-07-28\"],\"capabilities\":{\"tools\":{}},"
                            + "\"_meta\":{\"io.modelcontextprotocol/serverInfo\":{\"name\":\"modern\",\"version\":\"1\"}}}";
                case "tools/list" ->
                    "\"result\":{\"resultType\":\"complete\",\"ttlMs\":0,\"cacheScope\":\"private\",\"tools\":[{\"name\":"
                            + "\"add\",\"description\":\"Adds\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":"
                            + NUMBER + ",\"b\":" + NUMBER + "}}}]}";
                case "tools/call" -> {
                    JsonObject arguments = message.getJsonObject("params").getJsonObject("arguments");
                    yield "\"result\":{\"resultType\":\"complete\",\"content\":[{\"type\":\"text\",\"text\":\""
                            + (arguments.getInt("a") + arguments.getInt("b")) + "\"}]}";
                }
                default -> "\"error\":{\"code\":-32601,\"message\":\"no such method\"}";
            };
        }
    }
}
