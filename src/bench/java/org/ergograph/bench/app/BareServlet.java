package org.ergograph.bench.app;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** What a servlet must do at least: read the body as JSON, and answer. It answers what was last put. */
@WebServlet("/mcp")
public class BareServlet extends HttpServlet {
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private volatile byte[] answer = new byte[0];

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer = request.getInputStream().readAllBytes();
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonObject message;
        try (JsonReader reader = READERS.createReader(request.getInputStream())) {
            message = reader.readObject();
        }
        if (!message.getString("jsonrpc").equals("2.0")) {
            response.sendError(400);
            return;
        }
        byte[] bytes = answer;
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
