/** The upstream MCP servers that are registered. */
@NullMarked
package org.ergograph.registry;

import org.jspecify.annotations.NullMarked;
