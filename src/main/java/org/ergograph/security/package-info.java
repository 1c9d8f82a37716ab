/** Who may talk to this server. */
@NullMarked
package org.ergograph.security;

import org.jspecify.annotations.NullMarked;
