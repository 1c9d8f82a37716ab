package org.ergograph.it;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** Calls of tools in revision 2026-07-28. */
final class ModernCall {
    private ModernCall() {}

    /**
     * Completes a request for {@code /mcp}; the call's id is 7.
     *
     * @param arguments a JSON object
     * @param meta members of {@code _meta} beside those of the protocol, each after a comma; may be empty
     */
    static HttpRequest.Builder of(HttpRequest.Builder request, String tool, String arguments, String meta) {
        String body = """
                {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"%s","arguments":%s,"_meta":{
                "io.modelcontextprotocol/protocolVersion":"2026-07-28",
                "io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"},
                "io.modelcontextprotocol/clientCapabilities":{}%s}}}""".formatted(tool, arguments, meta);
        return request.header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", tool)
                .POST(BodyPublishers.ofString(body));
    }
}
