/** The tools of MCP over alerting: the same services as over HTTP. */
@NullMarked
package org.ergograph.notify.tools;

import org.jspecify.annotations.NullMarked;
