// What every client must find behind the gateway, whatever library it is made with.

/**
 * A client of either library: version() tells the revision it speaks, list() all tools, call(name, arguments, onprogress)
 * the result of a tool.
 *
 * @param servers the names under which the upstream servers are registered
 * @returns the number of differences
 */
export async function judge(label, client, revision, servers) {
  let differences = 0;
  const expect = (what, found, wanted) => {
    const same = JSON.stringify(found) === JSON.stringify(wanted);
    if (!same) {
      differences++;
      console.log(`${label}: DIFFERENT: ${what}: found ${shortened(found)}, wanted ${shortened(wanted)}`);
    }
  };
  const text = (result) => result.content?.map((part) => part.text).join('\n');

  expect('revision', client.version(), revision);
  const names = (await client.list()).map((tool) => tool.name);
  expect('names are unique', new Set(names).size, names.length);
  for (const server of servers) {
    const tool = (name) => `${server}__${name}`;
    for (const name of ['add', 'big', 'echo', 'fail', 'progress', 'slow']) {
      expect(`${tool(name)} is listed`, names.includes(tool(name)), true);
    }
    expect(`${tool('add')}`, text(await client.call(tool('add'), { a: 2, b: 40 })), '42');
    const words = 'Grüße, 世界 👋 "quoted" \\ \u0001 </script>';
    expect(`${tool('echo')}`, text(await client.call(tool('echo'), { text: words })), words);
    expect(`${tool('big')}`, text(await client.call(tool('big'), { bytes: 300_000 }))?.length, 300_000);
    const failed = await client.call(tool('fail'), { message: 'on purpose' });
    expect(`${tool('fail')} is an error of the tool`, failed.isError, true);
    expect(`${tool('fail')} keeps its message`, text(failed)?.includes('on purpose'), true);
    const wrong = await client.call(tool('add'), { a: 'two', b: 3 }).then(
      (result) => (result.isError === true ? 'refused' : 'taken'),
      () => 'refused',
    );
    expect(`${tool('add')} with a word`, wrong, 'refused');
    const steps = [];
    const done = await client.call(tool('progress'), { steps: 4 }, (progress) =>
      steps.push([progress.progress, progress.total]),
    );
    expect(`${tool('progress')}`, text(done), 'took 4 steps');
    expect(`steps of ${tool('progress')}`, steps, [
      [1, 4],
      [2, 4],
      [3, 4],
      [4, 4],
    ]);
    const many = await Promise.all(Array.from({ length: 20 }, (_, i) => client.call(tool('add'), { a: i, b: i })));
    expect(
      `20 of ${tool('add')} at once`,
      many.map(text),
      many.map((_, i) => String(2 * i)),
    );
    const code = await client.call(tool('nothing'), {}).then(
      () => 'answered',
      (error) => error.code,
    );
    expect(`${tool('nothing')} is no tool`, code, -32602);
  }
  console.log(`${label}: ${differences} differences; ${names.length} tools, revision ${client.version()}`);
  return differences;
}

function shortened(value) {
  const json = JSON.stringify(value) ?? 'nothing';
  return json.length > 300 ? `${json.slice(0, 300)}...` : json;
}
