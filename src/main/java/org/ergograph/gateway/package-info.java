/** The gateway to the MCP servers behind this one: conversations with them, what they offer, and calls to it. */
@NullMarked
package org.ergograph.gateway;

import org.jspecify.annotations.NullMarked;
