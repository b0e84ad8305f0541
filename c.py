import openpyxl,glob,collections
c=collections.Counter()
for f in glob.glob('n4/电话*.xlsx'):
    for r in openpyxl.load_workbook(f).worksheets[0].iter_rows(values_only=True):
        if isinstance(r[0],int): c[(r[4],r[3])]+=1
print(sorted(c.items()))
