/** Rules, and how an alert begins, goes on and ends. Pure: no clock, no database, no container. */
@NullMarked
package org.ergograph.alert;

import org.jspecify.annotations.NullMarked;
