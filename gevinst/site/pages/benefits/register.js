// The register: answers for the selection, and for other projects beside it (gevinst/site/assets/js/filter.js selects).

const FEW = Number(document.querySelector('[data-of-rows]')?.dataset.few || 0);
const TOLD = ['sagt', 'malt', 'dokumentert'];

function percent(share) {
  return `${Math.round(share)}${language === 'en' ? '%' : '\u00a0%'}`;
}

// How many of the rows have each code of stage and result, and how many projects they are of.
function countsOf(held, rows, isStaged) {
  const counts = { benefits: rows.length, projects: new Set(rows.map((row) => held.of[row])).size };
  for (const name of ['stadium', 'resultat']) {
    const { values, at } = held.facets[name];
    for (const row of rows) {
      for (const code of values[at[row]].split(' ')) {
        counts[code] = (counts[code] || 0) + 1;
      }
    }
  }
  const told = TOLD.reduce((sum, code) => sum + (counts[code] || 0), 0);
  const looked = rows.length - (counts['ikke-kodet'] || 0);
  counts.share = isStaged ? '' : looked < FEW || looked === 0 ? words.too_few : percent((100 * told) / looked);
  return counts;
}

function fill(name, counts) {
  for (const cell of all(`[data-${name}]`)) {
    cell.hidden = counts === null;
    const code = cell.closest('[data-counts]')?.dataset.counts;
    if (counts && code) {
      cell.textContent = code === 'share' ? counts.share : writtenNumber(counts[code] || 0);
    }
  }
}

function answerOf(counts, isStaged) {
  const said = {
    benefits: counts.benefits === 1 ? words.one_benefit : say('many_benefits', { count: writtenNumber(counts.benefits) }),
    projects: counts.projects === 1 ? words.one_project : say('many_projects', { count: writtenNumber(counts.projects) }),
  };
  ['lovet', ...TOLD].forEach((code, place) => {
    said['abcd'[place]] = writtenNumber(counts[code] || 0);
  });
  const uncoded = counts['ikke-kodet'];
  const isTold = uncoded && !isStaged;
  return [
    say(isStaged ? 'of_selection' : 'of_selection_stages', said),
    ...(isTold ? [say('of_selection_uncoded', { e: uncoded })] : []),
  ].join(' ');
}

function cohortsOf(projects, held, rows) {
  const years = Array.from(new Set(rows.map((row) => projects[held.of[row]].kull))).sort();
  return years.join(', ') || words.no_cohorts;
}

document.addEventListener('gevinst:selection', ({ detail: { held, projects, rows, isChosen, match, choices } }) => {
  // How many of the said are said is no answer.
  const isStaged = ['stadium', 'resultat', 'maling'].some((name) => name in choices(''));
  const counts = countsOf(held, rows, isStaged);
  const beside = choices('b_');
  const isCompared = Object.keys(beside).length > 0;
  const own = choices('');
  // The choices of benefits hold for both columns, those of projects for one each.
  const ofBenefits = Object.fromEntries(Object.entries(own).filter(([name]) => name in held.facets));
  const others = isCompared ? match({ ...ofBenefits, ...beside }) : [];
  fill('selection', isChosen || isCompared ? counts : null);
  fill('other', isCompared ? countsOf(held, others, isStaged) : null);
  document.querySelector('[data-answer]').textContent = isChosen ? answerOf(counts, isStaged) : '';
  const cohorts = document.querySelector('[data-cohorts]');
  cohorts.hidden = !isCompared;
  cohorts.textContent = isCompared
    ? `${say('cohorts', { first: cohortsOf(projects, held, rows), second: cohortsOf(projects, held, others) })} ${words.unequal_time}` : '';
});
