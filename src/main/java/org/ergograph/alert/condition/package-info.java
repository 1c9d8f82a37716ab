/** What a rule asks of the figures: facts, conditions over them, and what an evaluation finds. Pure. */
@NullMarked
package org.ergograph.alert.condition;

import org.jspecify.annotations.NullMarked;
